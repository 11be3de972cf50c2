import { lazy, Suspense, useCallback, useState, type ReactNode } from 'react'
import type { PickedImage, PickImage } from './pickImage.ts'

const ImageDialog = lazy(async () => ({ default: (await import('./ImageDialog.tsx')).ImageDialog }))

/** Asks for a picture of the library by a dialogue, which has to be shown somewhere. */
export function useImagePick(): { pickImage: PickImage; dialog: ReactNode } {
  const [asked, setAsked] = useState<{ answer: (image: PickedImage | null) => void }>()
  const pickImage = useCallback<PickImage>(
    () =>
      new Promise((resolve) => {
        setAsked({
          answer: (image) => {
            setAsked(undefined)
            resolve(image)
          },
        })
      }),
    [],
  )
  const dialog = asked ? (
    <Suspense>
      <ImageDialog onAnswer={asked.answer} />
    </Suspense>
  ) : null
  return { pickImage, dialog }
}
