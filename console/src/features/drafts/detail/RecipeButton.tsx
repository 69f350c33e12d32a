import { Button } from '@mantine/core'
import { IconCopyPlus } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { fetchRecipe } from '@/api/drafts'
import { useWords } from '@/i18n'
import { useProblemWords } from '@/lib/problem-words'
import { toast } from '@/lib/toast'
import { keepRecipe } from '../recipe/useRecipe'

/** Takes the recipe of this draft as the beginning of a new one. */
export function RecipeButton({ name }: { name: string }) {
  const { t } = useWords()
  const navigate = useNavigate()
  const words = useProblemWords()
  const take = useMutation({
    mutationFn: () => fetchRecipe(name),
    onSuccess: recipe => {
      keepRecipe(JSON.stringify(recipe, null, 2))
      void navigate({ to: '/drafts/new' })
    },
    onError: error => toast({ kind: 'failed', text: words(error).title }),
  })
  return (
    <Button
      variant="default"
      leftSection={<IconCopyPlus size={16} stroke={1.7} />}
      loading={take.isPending}
      onClick={() => take.mutate()}
    >
      {t('drafts.useRecipe')}
    </Button>
  )
}
