import type access from './en/access.json'
import type campaigns from './en/campaigns.json'
import type connections from './en/connections.json'
import type customer from './en/customer.json'
import type customers from './en/customers.json'
import type drafts from './en/drafts.json'
import type guide from './en/guide.json'
import type home from './en/home.json'
import type images from './en/images.json'
import type journey from './en/journey.json'
import type journeys from './en/journeys.json'
import type messages from './en/messages.json'
import type moveIn from './en/moveIn.json'
import type onsite from './en/onsite.json'
import type products from './en/products.json'
import type recommendations from './en/recommendations.json'
import type reports from './en/reports.json'
import type segments from './en/segments.json'
import type settings from './en/settings.json'
import type shell from './en/shell.json'
import type states from './en/states.json'
import type subscriptions from './en/subscriptions.json'
import type template from './en/template.json'
import type templates from './en/templates.json'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'shell'
    resources: {
      access: typeof access
      campaigns: typeof campaigns
      connections: typeof connections
      customer: typeof customer
      customers: typeof customers
      drafts: typeof drafts
      guide: typeof guide
      home: typeof home
      images: typeof images
      journey: typeof journey
      journeys: typeof journeys
      messages: typeof messages
      moveIn: typeof moveIn
      onsite: typeof onsite
      products: typeof products
      recommendations: typeof recommendations
      reports: typeof reports
      segments: typeof segments
      settings: typeof settings
      shell: typeof shell
      states: typeof states
      subscriptions: typeof subscriptions
      template: typeof template
      templates: typeof templates
    }
  }
}
