import type { RenderRequest, TemplateData } from '../src/index.ts'

export function sampleData(overrides: Partial<TemplateData> = {}): TemplateData {
  return {
    customer: { firstName: 'Zofia', email: 'zofia@customer.example' },
    shop: { name: 'Luna', url: 'https://shop.example', address: 'Calle Mayor 1\n28013 Madrid' },
    urls: {
      confirm: 'https://mail.example/confirm/token',
      unsubscribe: 'https://mail.example/u/token',
      preferences: 'https://mail.example/p/token',
    },
    purpose: 'marketing',
    ...overrides,
  }
}

/** A request in English whose `link` marks what passed through it. */
export function sampleRequest(overrides: Partial<RenderRequest> = {}): RenderRequest {
  const link = (url: string): string => `https://mail.example/c/${encodeURIComponent(url)}`
  return { locale: 'en', data: sampleData(), link, ...overrides }
}
