import { cdnowExportsContract } from './cdnowExports.contract.ts'

cdnowExportsContract(150)
