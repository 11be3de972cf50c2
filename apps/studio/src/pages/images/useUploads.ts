import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '../../api/apiProblem.ts'
import { IMAGES_KEY, type LibraryImage } from './imageQueries.ts'
import { uploadImage } from './uploadImage.ts'
import { MOST_IMAGE_MEGABYTES, uploadProblem } from './uploadProblem.ts'

export interface Upload {
  id: number
  name: string
  /** Of 1. */
  share: number
  problem: string | null
}

/** Files on their way to the library, one after the other: what they are is looked at before they go. */
export function useUploads(onUploaded: (image: LibraryImage) => void) {
  const { t } = useTranslation('images')
  const queryClient = useQueryClient()
  const [uploads, setUploads] = useState<readonly Upload[]>([])
  const ending = useRef(new AbortController())
  const count = useRef(0)
  useEffect(() => {
    const controller = new AbortController()
    ending.current = controller
    return () => controller.abort()
  }, [])
  const set = (id: number, change: Partial<Upload>) =>
    setUploads((all) => all.map((one) => (one.id === id ? { ...one, ...change } : one)))
  const begin = async (files: readonly File[]) => {
    const { signal } = ending.current
    const begun = files.map((file) => {
      count.current += 1
      const problem = uploadProblem(file)
      const id = count.current
      return {
        file,
        upload: {
          id,
          name: file.name,
          share: 0,
          problem: problem === null ? null : t(`problem.${problem}`, { most: MOST_IMAGE_MEGABYTES }),
        },
      }
    })
    setUploads((all) => [...all, ...begun.map(({ upload }) => upload)])
    for (const { file, upload } of begun) {
      if (upload.problem !== null || signal.aborted) continue
      try {
        const image = await uploadImage(file, { onProgress: (share) => set(upload.id, { share }), signal })
        setUploads((all) => all.filter(({ id }) => id !== upload.id))
        await queryClient.invalidateQueries({ queryKey: IMAGES_KEY })
        onUploaded(image)
      } catch (error) {
        if (!signal.aborted) set(upload.id, { problem: messageOf(error) })
      }
    }
  }
  const drop = (id: number) => setUploads((all) => all.filter((one) => one.id !== id))
  return { uploads, begin, drop }
}
