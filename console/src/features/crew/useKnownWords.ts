import { useCallback } from 'react'
import { useWords } from '@/i18n'
import type words from '@/i18n/crew/en'

type Words = typeof words
type Group = 'domains' | 'agentDomains' | 'byType' | 'gateKinds' | 'outcomes'

/** Names that have words; rules, agents and task types of a configuration may add others. */
const KNOWN: { [G in Group]: (keyof Words[G])[] } = {
  domains: [
    'development',
    'optimisation',
    'testing',
    'deployment',
    'security',
    'maintenance',
    'general',
  ],
  agentDomains: [
    'business',
    'technical',
    'infrastructure',
    'quality',
    'security',
    'performance',
    'documentation',
  ],
  byType: ['person', 'shell', 'http'],
  outcomes: ['positive', 'negative', 'neutral'],
  gateKinds: ['entry', 'process', 'exit'],
}

/** The word of a name where it has one, else the name itself. */
export function useKnownWords(): (group: Group, name: string) => string {
  const { t } = useWords()
  return useCallback(
    (group, name) => {
      const known: string[] = KNOWN[group]
      return known.includes(name) ? t(`crew.${group}.${name}` as 'crew.domains.general') : name
    },
    [t],
  )
}
