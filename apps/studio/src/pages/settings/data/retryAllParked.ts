import { api } from '../../../api/api.ts'
import { ask } from '../../../api/ask.ts'

/** Tries everything that is parked once more, page by page; what fails again is not met twice. */
export async function retryAllParked(): Promise<{ applied: number; parked: number }> {
  const counts = { applied: 0, parked: 0 }
  for (let cursor: string | null = ''; cursor !== null;) {
    const query: { cursor?: string } = cursor === '' ? {} : { cursor }
    const page: { applied: number; parked: number; next: string | null } = await ask(
      api.parked.parked.retry.$post({ query }),
    )
    counts.applied += page.applied
    counts.parked += page.parked
    cursor = page.next
  }
  return counts
}
