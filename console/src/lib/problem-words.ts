import { isProblem } from '@/api/problem'
import { useWords } from '@/i18n'

export interface ProblemWords {
  title: string
  detail: string | null
  remedy: string | null
}

/** Any error as sentences for a person. */
export function useProblemWords(): (error: unknown) => ProblemWords {
  const { t } = useWords()
  return error => {
    if (!isProblem(error)) {
      return { title: t('problem.unexpected'), detail: String(error), remedy: null }
    }
    if (error.status === 0) {
      return {
        title: t('problem.unreachable'),
        detail: null,
        remedy: t('problem.unreachableRemedy'),
      }
    }
    return { title: error.title, detail: error.detail, remedy: error.remedy }
  }
}
