import { createTheme, MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { Toasts } from '@/components/ui/Toasts'
import { useResolvedTheme } from '@/lib/theme'
import controls from './controls.module.css'
import { queryClient } from './query-client'
import { router } from './router'

const theme = createTheme({
  primaryColor: 'indigo',
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: { classNames: { root: controls.button }, defaultProps: { size: 'xs' } },
    TextInput: { defaultProps: { size: 'sm' } },
    // The scroll lock would write a style element, which the content security policy refuses.
    Modal: { defaultProps: { lockScroll: false, transitionProps: { duration: 120 } } },
    Tooltip: { defaultProps: { openDelay: 350, transitionProps: { duration: 80 } } },
    Menu: { defaultProps: { transitionProps: { duration: 80 } } },
    Popover: { defaultProps: { transitionProps: { duration: 80 } } },
  },
})

export function App() {
  const scheme = useResolvedTheme()
  return (
    <MantineProvider
      theme={theme}
      forceColorScheme={scheme}
      withCssVariables={false}
      withGlobalClasses={false}
      withStaticClasses={false}
    >
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <Toasts />
      </QueryClientProvider>
    </MantineProvider>
  )
}
