import { readdirSync, readFileSync } from 'node:fs'

/** What the samples are about. */
export interface SampleValues {
  BOUNCE: string
  MESSAGE_ID: string
  RECIPIENT: string
  UNSUBSCRIBE: string
}

export const SAMPLE_VALUES: SampleValues = {
  BOUNCE: 'b+aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@bounces.shop.example',
  MESSAGE_ID: '0123456789abcdef0123456789abcdef01234567@shop.example',
  RECIPIENT: 'ann@example.com',
  UNSUBSCRIBE: 'eyJ3IjoidzEifQ.AAAAAAAAAAAAAAAAAAAAAA',
}

const folder = new URL('samples/', import.meta.url)

export const sampleNames = (): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.eml'))
    .map((file) => file.slice(0, -'.eml'.length))

const base64Of = (text: string) => Buffer.from(text).toString('base64').replaceAll(/.{76}/g, '$&\r\n')

/** A report as it would arrive: with these values in it, line ends of mail, and what is marked as base64 encoded. */
export function readSample(name: string, values: Partial<SampleValues> = {}): Buffer {
  const filled = { ...SAMPLE_VALUES, ...values }
  const text = readFileSync(new URL(`${name}.eml`, folder), 'utf8')
    .replaceAll(/\{\{(\w+)\}\}/g, (_, key: string) => filled[key as keyof SampleValues])
    .replaceAll('\n', '\r\n')
    .replaceAll(/@@BASE64\r\n(.*?)@@END/gs, (_, part: string) => base64Of(part))
  return Buffer.from(text)
}
