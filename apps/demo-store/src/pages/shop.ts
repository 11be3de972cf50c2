/** What every page needs to know of the shop. */
export interface Shop {
  writeKey: string
  trackerUrl: string
  basePath: string
  shopName: string
}
