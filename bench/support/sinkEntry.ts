import { startCountingSmtp } from './countingSmtp.ts'

// Ends with whoever has started it.
await startCountingSmtp(Number(process.argv[2]))
