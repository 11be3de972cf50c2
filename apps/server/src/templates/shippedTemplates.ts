import { loadShippedTemplates, type ShippedTemplate } from '@ciclo/templates'

let loading: Promise<ReadonlyMap<string, ShippedTemplate>> | undefined

/** The templates that come with Ciclo, by name: read once. */
export function shippedTemplates(): Promise<ReadonlyMap<string, ShippedTemplate>> {
  loading ??= loadShippedTemplates().then(
    (sources) => new Map(sources.map((source) => [source.name, source])),
  )
  return loading
}
