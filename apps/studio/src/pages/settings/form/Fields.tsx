import { SimpleGrid, type SimpleGridProps } from '@mantine/core'
import classes from './Fields.module.css'

/** Fields beside each other, level at their boxes, however long what stands above them is. */
export function Fields(props: SimpleGridProps) {
  return <SimpleGrid spacing="md" className={classes.fields ?? ''} {...props} />
}
