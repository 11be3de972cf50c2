import type access from './en/access.json'
import type customer from './en/customer.json'
import type customers from './en/customers.json'
import type guide from './en/guide.json'
import type home from './en/home.json'
import type messages from './en/messages.json'
import type segments from './en/segments.json'
import type settings from './en/settings.json'
import type shell from './en/shell.json'
import type states from './en/states.json'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'shell'
    resources: {
      access: typeof access
      customer: typeof customer
      customers: typeof customers
      guide: typeof guide
      home: typeof home
      messages: typeof messages
      segments: typeof segments
      settings: typeof settings
      shell: typeof shell
      states: typeof states
    }
  }
}
