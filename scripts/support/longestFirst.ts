import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The longest of the long tests, in seconds on two cores: a short file says little of how long it takes. */
const SECONDS: Readonly<Record<string, number>> = {
  'journeyKills.deep.ts': 460,
  'storedXss.deep.ts': 400,
  'kills.deep.ts': 310,
  'editorsLoseNothing.deep.ts': 275,
  'pages.deep.ts': 240,
  'crash.deep.ts': 210,
  'campaignKills.deep.ts': 180,
}

const secondsOf = ({ moduleId }: TestSpecification) => SECONDS[moduleId.split('/').at(-1) ?? ''] ?? 0

/** Begins with what takes longest, that no worker is left alone with it at the end. The others keep vitest's order. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- vitest's own, which gives back a new list
    const sorted = await super.sort(files)
    return sorted.toSorted((one, other) => secondsOf(other) - secondsOf(one))
  }
}
