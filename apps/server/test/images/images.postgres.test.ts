import { usePostgres } from '../support/usePostgres.ts'
import { imagesContract } from './images.contract.ts'

imagesContract('PostgreSQL', usePostgres())
