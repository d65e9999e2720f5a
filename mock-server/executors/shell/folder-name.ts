import { inputPath } from '../contained-name.ts'

/** Ids are the platform's own and safe already; this holds even if one day they are not. */
export const folderName = (id: string): string => inputPath(id).replaceAll('/', '_')
