import './styles/vendor.css'
import './styles/tokens.css'
import './styles/mantine.css'
import './styles/base.css'

import { createRoot } from 'react-dom/client'
import { App } from './app/App'
import { startI18n } from './i18n'
import { startLive } from './lib/live'

startLive()
await startI18n()
const root = document.getElementById('root')
if (root) createRoot(root).render(<App />)
