-- A word for each cause, so that pages say it in their own language.
UPDATE webhooks SET disabled_because =
  CASE WHEN disabled_because LIKE '%410%' THEN 'gone' ELSE 'failing' END
WHERE disabled_because IS NOT NULL;
