import { problemOf } from '../../../api/apiProblem.ts'

/** Saves an answer of the server as a file. Throws `ApiProblem` where there is none. */
export async function download(path: string, name: string): Promise<void> {
  const response = await fetch(path)
  if (!response.ok) throw await problemOf(response)
  const address = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
