import { useDisclosure, useMediaQuery } from '@mantine/hooks'
import { useLocation } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'

/** Of the menu and the button that opens it: what the keyboard goes through while it is open. */
const stopsOf = (navbar: HTMLElement | null, burger: HTMLElement | null) => [
  ...(burger ? [burger] : []),
  ...[...(navbar?.querySelectorAll<HTMLElement>('a[href], button') ?? [])].filter((element) =>
    element.checkVisibility({ visibilityProperty: true }),
  ),
]

/**
 * On a narrow window the menu lies above the page, and is opened by a button: it takes the focus and keeps it until it
 * is closed, by its button, by Escape or by going to a page.
 */
export function usePhoneMenu() {
  const [isOpen, { toggle, close }] = useDisclosure(false)
  const { pathname } = useLocation()
  const isNarrow = useMediaQuery('(max-width: 47.99em)', false, { getInitialValueInEffect: false })
  const burger = useRef<HTMLButtonElement>(null)
  const navbar = useRef<HTMLDivElement>(null)
  const isMenu = isNarrow && isOpen
  useEffect(close, [pathname, close])
  useEffect(() => {
    if (!isMenu) return undefined
    stopsOf(navbar.current, null)[0]?.focus()
    const onKey = (event: KeyboardEvent) => {
      // What is open within the menu comes first.
      if (event.defaultPrevented || document.querySelector(':popover-open')) return
      if (event.key === 'Escape') {
        close()
        burger.current?.focus()
      }
      if (event.key !== 'Tab') return
      const stops = stopsOf(navbar.current, burger.current)
      const here = stops.findIndex((stop) => stop === document.activeElement)
      const next = stops.at((here + (event.shiftKey ? -1 : 1)) % stops.length)
      event.preventDefault()
      next?.focus()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [isMenu, close])
  return { isOpen, isMenu, isHidden: isNarrow && !isOpen, toggle, burger, navbar }
}
