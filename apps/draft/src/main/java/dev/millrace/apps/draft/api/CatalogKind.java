package dev.millrace.apps.draft.api;

/** A kind of the catalogue, and how many entries it has. */
public record CatalogKind(String kind, int entries) {}
