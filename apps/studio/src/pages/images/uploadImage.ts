import { ApiProblem, problemOf } from '../../api/apiProblem.ts'
import type { LibraryImage } from './imageQueries.ts'
import { imageNameOf } from './uploadProblem.ts'

/**
 * Sends a file to the library. By the older of the two ways to ask, which alone tells how far it is.
 *
 * @param onProgress is told a share of 1
 * @throws ApiProblem as the server says it
 */
export function uploadImage(
  file: File,
  { onProgress, signal }: { onProgress: (share: number) => void; signal: AbortSignal },
): Promise<LibraryImage> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const query = new URLSearchParams({ name: imageNameOf(file.name) })
    request.open('POST', `/api/images?${query.toString()}`)
    request.setRequestHeader('content-type', file.type)
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      onProgress(loaded / Math.max(total, 1)),
    )
    request.addEventListener('load', () => {
      const { status, statusText, responseText } = request
      if (status >= 200 && status < 300) {
        resolve(JSON.parse(responseText) as LibraryImage)
        return
      }
      void problemOf({
        status,
        statusText,
        json: () => Promise.resolve().then(() => JSON.parse(responseText) as unknown),
      }).then(reject)
    })
    request.addEventListener('error', () => {
      reject(new ApiProblem(0, { code: 'unreachable', message: 'The server cannot be reached' }))
    })
    request.addEventListener('abort', () => {
      reject(new ApiProblem(0, { code: 'aborted', message: 'Called off' }))
    })
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(file)
  })
}
