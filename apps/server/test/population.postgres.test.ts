import { populationContract } from './population.contract.ts'
import { usePostgres } from './support/usePostgres.ts'

populationContract('PostgreSQL', usePostgres())
