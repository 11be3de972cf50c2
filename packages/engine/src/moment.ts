/** When something happens, and when Ciclo learns of it: the difference decides whether a mail would come too late. */
export interface Moment {
  at: number
  receivedAt: number
}
