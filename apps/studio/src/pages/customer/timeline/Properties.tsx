import { Anchor } from '@mantine/core'
import classes from './Timeline.module.css'

const isLink = (text: string) => /^https?:\/\/[^\s]+$/i.test(text) && URL.canParse(text)

/** More of one value nobody reads here. */
const MOST = 2_000

function textOf(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? String(value))
  return text.length > MOST ? `${text.slice(0, MOST)} …` : text
}

function Value({ value }: { value: unknown }) {
  const text = textOf(value)
  if (typeof value !== 'string' || !isLink(value)) return text
  return (
    <Anchor href={value} target="_blank" rel="noopener noreferrer nofollow" inherit>
      {text}
    </Anchor>
  )
}

/** Names and values as they were told: text, whatever stands in it. */
export function Properties({ values }: { values: Readonly<Record<string, unknown>> }) {
  return (
    <dl className={classes['properties']}>
      {Object.entries(values).map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>
            <Value value={value} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
