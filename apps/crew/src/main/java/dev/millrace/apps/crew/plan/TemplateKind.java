package dev.millrace.apps.crew.plan;

/** What a template is meant for, which its score minds. */
public enum TemplateKind {
  /** For what must be right. */
  PREMIUM,
  /** For what must be quick. */
  RAPID,
  /** For anything else. */
  CUSTOM
}
