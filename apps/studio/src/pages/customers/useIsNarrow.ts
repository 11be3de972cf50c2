import { useMediaQuery } from '@mantine/hooks'

/** Whether there is no room for a table, as on a telephone. */
export const useIsNarrow = (): boolean =>
  useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
