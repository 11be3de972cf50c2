import type { Topic } from '@ciclo/engine'

/** What a topic is called in a language, else in the shop's, else in any. */
export function topicName({ id, name }: Topic, locale: string, shopLocale: string): string {
  return name[locale] ?? name[shopLocale.slice(0, 2)] ?? name['en'] ?? Object.values(name)[0] ?? id
}
