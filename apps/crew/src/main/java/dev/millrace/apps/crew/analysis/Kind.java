package dev.millrace.apps.crew.analysis;

/** What a rule decides about. */
enum Kind {
  KEYWORDS,
  COMPLEXITY,
  DOMAINS,
  PREMIUM,
  ROLES,
  SIZE,
  PRIORITY,
  INDEX
}
