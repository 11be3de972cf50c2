/** A picture for a mail. */
export interface PickedImage {
  url: string
  /** Empty: it only decorates. */
  alt: string
  /** Pixels. */
  width?: number
}

/** Has somebody choose a picture of the library; null where they choose none. */
export type PickImage = () => Promise<PickedImage | null>
