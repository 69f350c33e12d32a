package dev.millrace.apps.draft.api;

import dev.millrace.http.schema.Doc;

/** How many files a request has changed. */
@Doc("How many files the request has changed.")
public record CountView(int files) {}
