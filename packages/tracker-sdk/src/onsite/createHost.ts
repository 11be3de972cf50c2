import type { ShownMessage } from '@ciclo/engine'
import { readableColour } from './readableColour.ts'
import { styles } from './styles.ts'

/**
 * An element whose shadow root holds a message: neither the shop's style nor ours reaches the other's side. The style is
 * a constructed sheet and properties set by script, which the strictest policy of the page allows.
 */
export const createHost = ({ colours, radius }: ShownMessage) => {
  const host = document.createElement('ciclo-onsite')
  const root = host.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(styles)
  root.adoptedStyleSheets = [sheet]
  const text = readableColour(colours.text, colours.background)
  const looks = {
    a: colours.accent,
    o: readableColour(colours.onAccent, colours.accent),
    b: colours.background,
    t: text,
    r: `${radius}px`,
    s: readableColour('', colours.background) === '#ffffff' ? 'dark' : 'light',
  }
  Object.entries(looks).forEach(([name, value]) => host.style.setProperty(`--${name}`, value))
  return { host, root }
}
