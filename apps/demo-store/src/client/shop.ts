import { showCartCount } from './showCartCount.ts'
import { showCartPage } from './showCartPage.ts'
import { showCheckoutPage } from './showCheckoutPage.ts'
import { showProductListPage } from './showProductListPage.ts'
import { showProductPage } from './showProductPage.ts'
import { showThankYouPage } from './showThankYouPage.ts'
import { welcomeSubscribers } from './welcomeSubscribers.ts'

const shows: Partial<Record<string, () => void>> = {
  list: showProductListPage,
  product: showProductPage,
  cart: showCartPage,
  checkout: showCheckoutPage,
  'thank-you': showThankYouPage,
}

showCartCount()
welcomeSubscribers()
shows[document.body.dataset.page ?? '']?.()
