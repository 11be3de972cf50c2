import { useSqlite } from '../support/useSqlite.ts'
import { feedbackContract } from './feedback.contract.ts'

feedbackContract('SQLite', useSqlite())
