import { useTranslation } from 'react-i18next'

const KNOWN = [
  'klaviyo-profiles',
  'klaviyo-suppressions',
  'mailchimp-subscribed',
  'mailchimp-unsubscribed',
  'mailchimp-cleaned',
  'shopify-customers',
  'shopify-orders',
  'woocommerce-orders',
  'woocommerce-customers',
] as const

/** What an export is called in the reader's language; one that the studio does not know yet has the server's name. */
export function useFormatWord() {
  const { t } = useTranslation('moveIn')
  return ({ id, name }: { id: string; name: string }) => {
    const known = KNOWN.find((one) => one === id)
    return known ? t(`formats.${known}`) : name
  }
}
