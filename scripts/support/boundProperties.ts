import fc from 'fast-check'
import { endsAfter } from './endsAfter.ts'

// For vitest's `setupFiles`. The longest property takes a minute on a slow machine.
fc.configureGlobal(endsAfter(240_000))
