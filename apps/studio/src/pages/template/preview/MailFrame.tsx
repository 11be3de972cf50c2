import { useEffect, useRef, useState } from 'react'
import classes from './PreviewPane.module.css'

interface Shown {
  html: string
  scheme: 'light' | 'dark'
}

/**
 * A mail in a frame where nothing in it does anything: it comes as an answer of the server, with a policy of its own,
 * since what a page writes into a frame itself has the page's policy. Each mail gets a frame of its own: a frame that is
 * led on would add to what the browser goes back through. The one before stays until the next is there.
 */
export function MailFrame({
  html,
  scheme,
  width,
  title,
}: Shown & { width: 'phone' | 'desktop'; title: string }) {
  const [frames, setFrames] = useState<readonly (Shown & { place: number })[]>([])
  useEffect(() => {
    setFrames((before) => [...before.slice(-1), { html, scheme, place: (before.at(-1)?.place ?? 0) + 1 }])
  }, [html, scheme])
  return (
    <div className={classes.frames} data-width={width} data-scheme={scheme}>
      {frames.map((shown, index) => (
        <OneFrame
          key={shown.place}
          shown={shown}
          title={title}
          isNewest={index === frames.length - 1}
          onThere={() => setFrames((all) => all.filter(({ place }) => place >= shown.place))}
        />
      ))}
    </div>
  )
}

function OneFrame({
  shown,
  title,
  isNewest,
  onThere,
}: {
  shown: Shown & { place: number }
  title: string
  isNewest: boolean
  onThere: () => void
}) {
  const form = useRef<HTMLFormElement>(null)
  const isAsked = useRef(false)
  const name = `mail-${shown.place}`
  useEffect(() => {
    if (isAsked.current) return
    isAsked.current = true
    form.current?.submit()
  }, [])
  return (
    <>
      <form ref={form} method="post" action="/api/templates/shown" target={name} hidden>
        <input type="hidden" name="html" value={shown.html} />
        <input type="hidden" name="scheme" value={shown.scheme} />
      </form>
      <iframe
        name={name}
        title={title}
        className={classes.frame}
        data-newest={isNewest}
        aria-hidden={isNewest ? undefined : true}
        sandbox=""
        referrerPolicy="no-referrer"
        // An empty frame is there at once, and is not what was asked for.
        onLoad={() => {
          if (isAsked.current) onThere()
        }}
      />
    </>
  )
}
