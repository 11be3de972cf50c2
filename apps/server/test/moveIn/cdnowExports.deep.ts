import { cdnowExportsContract } from './cdnowExports.contract.ts'

cdnowExportsContract(Infinity)
