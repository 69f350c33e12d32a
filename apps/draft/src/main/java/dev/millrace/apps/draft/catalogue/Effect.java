package dev.millrace.apps.draft.catalogue;

/**
 * A transition or animation of the client.
 *
 * @param defaultMicros length if a recipe names none
 * @param overlap whether a transition shows both segments at once
 */
public record Effect(
    EffectKind kind,
    String name,
    long defaultMicros,
    String resourceId,
    String effectId,
    boolean overlap) {}
