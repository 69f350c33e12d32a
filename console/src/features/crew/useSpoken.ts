import { useCallback } from 'react'
import { useWords } from '@/i18n'
import type words from '@/i18n/crew/en'

type Spoken = keyof (typeof words)['spoken']

/** What the server calls stages, sync points and templates of its own; others have names as given. */
const SPOKEN: Record<string, Spoken> = {
  design: 'design',
  implementation: 'implementation',
  quality: 'quality',
  deployment: 'deployment',
  documentation: 'documentation',
  execution: 'execution',
  requirement_analysis: 'requirementAnalysis',
  architecture_design: 'architectureDesign',
  parallel_implementation: 'parallelImplementation',
  quality_assurance: 'qualityAssurance',
  deployment_prep: 'deploymentPrep',
  quick_analysis: 'quickAnalysis',
  rapid_implementation: 'rapidImplementation',
  basic_testing: 'basicTesting',
  'Analysis and design': 'designText',
  Implementation: 'implementationText',
  Quality: 'qualityText',
  'Deployment preparation': 'deploymentText',
  Documentation: 'documentationText',
  'Task execution': 'executionText',
  'Agree on what is wanted': 'requirementText',
  'Design and review the architecture': 'architectureText',
  'Build all parts side by side': 'parallelText',
  'Prove that it is right, safe and fast': 'assuranceText',
  'Make it ready to go out': 'prepText',
  'See what is wanted': 'quickText',
  'Build it': 'rapidText',
  'Try it': 'basicText',
  'design agreed': 'designAgreed',
  integration: 'integration',
  'final check': 'finalCheck',
  'quality gate': 'qualityGate',
  'requirements agreed': 'requirementsAgreed',
  'integration check': 'integrationCheck',
  'final verification': 'finalVerification',
  'Premium quality': 'premiumName',
  'Five staged phases, each ending in a check.': 'premiumText',
  'Rapid development': 'rapidName',
  'Look, build, try.': 'rapidAbout',
}

/** A name or description in the reader's language where it is the server's own, else as it is. */
export function useSpoken(): (text: string) => string {
  const { t } = useWords()
  return useCallback(
    text => {
      const known = SPOKEN[text]
      if (known) return t(`crew.spoken.${known}`)
      // What a task is about begins with what its stage is for.
      const at = text.lastIndexOf(': ')
      const begin = at > 0 ? SPOKEN[text.slice(0, at)] : undefined
      return begin ? t(`crew.spoken.${begin}`) + text.slice(at) : text
    },
    [t],
  )
}
