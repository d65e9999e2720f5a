// Generated from openapi/rescale.yaml by `npm run generate`.
import type { FieldSides } from '../field-sides.ts'

export const fieldSides: FieldSides = {
 "writeOnly": [
  {
   "missingFrom": [
    "listJobs 200"
   ],
   "fields": [
    "/results/*/clusterId",
    "/results/*/inputFileParseTask",
    "/results/*/tags",
    "/results/*/templatedFrom"
   ]
  },
  {
   "missingFrom": [
    "createJob 201",
    "getJob 200",
    "replaceJob 200",
    "updateJob 200"
   ],
   "fields": [
    "/clusterId",
    "/inputFileParseTask",
    "/tags",
    "/templatedFrom"
   ]
  },
  {
   "missingFrom": [
    "shareJob 200"
   ],
   "fields": [
    "/account",
    "/email",
    "/message"
   ]
  },
  {
   "missingFrom": [
    "listStorageDevices 200"
   ],
   "fields": [
    "/results/*/storageSizeMb",
    "/results/*/walltime"
   ]
  },
  {
   "missingFrom": [
    "createStorageDevice 201",
    "getStorageDevice 200"
   ],
   "fields": [
    "/storageSizeMb",
    "/walltime"
   ]
  }
 ],
 "readOnly": [
  {
   "missingFrom": [
    "createJob",
    "replaceJob",
    "updateJob"
   ],
   "fields": [
    "/analysisNames",
    "/caseFile/dateUploaded",
    "/caseFile/decryptedSize",
    "/caseFile/downloadUrl",
    "/caseFile/encodedEncryptionKey",
    "/caseFile/fileChecksums",
    "/caseFile/isDeleted",
    "/caseFile/isUploaded",
    "/caseFile/md5",
    "/caseFile/name",
    "/caseFile/owner",
    "/caseFile/path",
    "/caseFile/pathParts",
    "/caseFile/relativePath",
    "/caseFile/sharedWith",
    "/caseFile/storage",
    "/caseFile/typeId",
    "/caseFile/userTags",
    "/caseFile/viewInBrowser",
    "/clusterStatusDisplay",
    "/dateInserted",
    "/elapsedWalltimeSeconds",
    "/id",
    "/isVisible",
    "/jobStatus",
    "/jobanalyses/*/analysis/name",
    "/jobanalyses/*/hardware/coreSummary",
    "/jobanalyses/*/hardware/coreType/compute",
    "/jobanalyses/*/hardware/coreType/cores",
    "/jobanalyses/*/hardware/coreType/displayOrder",
    "/jobanalyses/*/hardware/coreType/io",
    "/jobanalyses/*/hardware/coreType/isPrimary",
    "/jobanalyses/*/hardware/coreType/memory",
    "/jobanalyses/*/hardware/coreType/name",
    "/jobanalyses/*/hardware/coreType/processorInfo",
    "/jobanalyses/*/hardware/coreType/storage",
    "/jobanalyses/*/inputFiles/*/dateUploaded",
    "/jobanalyses/*/inputFiles/*/decryptedSize",
    "/jobanalyses/*/inputFiles/*/downloadUrl",
    "/jobanalyses/*/inputFiles/*/encodedEncryptionKey",
    "/jobanalyses/*/inputFiles/*/fileChecksums",
    "/jobanalyses/*/inputFiles/*/isDeleted",
    "/jobanalyses/*/inputFiles/*/isUploaded",
    "/jobanalyses/*/inputFiles/*/md5",
    "/jobanalyses/*/inputFiles/*/name",
    "/jobanalyses/*/inputFiles/*/owner",
    "/jobanalyses/*/inputFiles/*/path",
    "/jobanalyses/*/inputFiles/*/pathParts",
    "/jobanalyses/*/inputFiles/*/relativePath",
    "/jobanalyses/*/inputFiles/*/sharedWith",
    "/jobanalyses/*/inputFiles/*/storage",
    "/jobanalyses/*/inputFiles/*/typeId",
    "/jobanalyses/*/inputFiles/*/userTags",
    "/jobanalyses/*/inputFiles/*/viewInBrowser",
    "/jobanalyses/*/postProcessScript/dateUploaded",
    "/jobanalyses/*/postProcessScript/decryptedSize",
    "/jobanalyses/*/postProcessScript/downloadUrl",
    "/jobanalyses/*/postProcessScript/encodedEncryptionKey",
    "/jobanalyses/*/postProcessScript/fileChecksums",
    "/jobanalyses/*/postProcessScript/isDeleted",
    "/jobanalyses/*/postProcessScript/isUploaded",
    "/jobanalyses/*/postProcessScript/md5",
    "/jobanalyses/*/postProcessScript/name",
    "/jobanalyses/*/postProcessScript/owner",
    "/jobanalyses/*/postProcessScript/path",
    "/jobanalyses/*/postProcessScript/pathParts",
    "/jobanalyses/*/postProcessScript/relativePath",
    "/jobanalyses/*/postProcessScript/sharedWith",
    "/jobanalyses/*/postProcessScript/storage",
    "/jobanalyses/*/postProcessScript/typeId",
    "/jobanalyses/*/postProcessScript/userTags",
    "/jobanalyses/*/postProcessScript/viewInBrowser",
    "/jobanalyses/*/preProcessScript/dateUploaded",
    "/jobanalyses/*/preProcessScript/decryptedSize",
    "/jobanalyses/*/preProcessScript/downloadUrl",
    "/jobanalyses/*/preProcessScript/encodedEncryptionKey",
    "/jobanalyses/*/preProcessScript/fileChecksums",
    "/jobanalyses/*/preProcessScript/isDeleted",
    "/jobanalyses/*/preProcessScript/isUploaded",
    "/jobanalyses/*/preProcessScript/md5",
    "/jobanalyses/*/preProcessScript/name",
    "/jobanalyses/*/preProcessScript/owner",
    "/jobanalyses/*/preProcessScript/path",
    "/jobanalyses/*/preProcessScript/pathParts",
    "/jobanalyses/*/preProcessScript/relativePath",
    "/jobanalyses/*/preProcessScript/sharedWith",
    "/jobanalyses/*/preProcessScript/storage",
    "/jobanalyses/*/preProcessScript/typeId",
    "/jobanalyses/*/preProcessScript/userTags",
    "/jobanalyses/*/preProcessScript/viewInBrowser",
    "/jobanalyses/*/templateTasks/*/templateFile/dateUploaded",
    "/jobanalyses/*/templateTasks/*/templateFile/decryptedSize",
    "/jobanalyses/*/templateTasks/*/templateFile/downloadUrl",
    "/jobanalyses/*/templateTasks/*/templateFile/encodedEncryptionKey",
    "/jobanalyses/*/templateTasks/*/templateFile/fileChecksums",
    "/jobanalyses/*/templateTasks/*/templateFile/isDeleted",
    "/jobanalyses/*/templateTasks/*/templateFile/isUploaded",
    "/jobanalyses/*/templateTasks/*/templateFile/md5",
    "/jobanalyses/*/templateTasks/*/templateFile/name",
    "/jobanalyses/*/templateTasks/*/templateFile/owner",
    "/jobanalyses/*/templateTasks/*/templateFile/path",
    "/jobanalyses/*/templateTasks/*/templateFile/pathParts",
    "/jobanalyses/*/templateTasks/*/templateFile/relativePath",
    "/jobanalyses/*/templateTasks/*/templateFile/sharedWith",
    "/jobanalyses/*/templateTasks/*/templateFile/storage",
    "/jobanalyses/*/templateTasks/*/templateFile/typeId",
    "/jobanalyses/*/templateTasks/*/templateFile/userTags",
    "/jobanalyses/*/templateTasks/*/templateFile/viewInBrowser",
    "/optimizer/dateUploaded",
    "/optimizer/decryptedSize",
    "/optimizer/downloadUrl",
    "/optimizer/encodedEncryptionKey",
    "/optimizer/fileChecksums",
    "/optimizer/isDeleted",
    "/optimizer/isUploaded",
    "/optimizer/md5",
    "/optimizer/name",
    "/optimizer/owner",
    "/optimizer/path",
    "/optimizer/pathParts",
    "/optimizer/relativePath",
    "/optimizer/sharedWith",
    "/optimizer/storage",
    "/optimizer/typeId",
    "/optimizer/userTags",
    "/optimizer/viewInBrowser",
    "/owner",
    "/paramFile/dateUploaded",
    "/paramFile/decryptedSize",
    "/paramFile/downloadUrl",
    "/paramFile/encodedEncryptionKey",
    "/paramFile/fileChecksums",
    "/paramFile/isDeleted",
    "/paramFile/isUploaded",
    "/paramFile/md5",
    "/paramFile/name",
    "/paramFile/owner",
    "/paramFile/path",
    "/paramFile/pathParts",
    "/paramFile/relativePath",
    "/paramFile/sharedWith",
    "/paramFile/storage",
    "/paramFile/typeId",
    "/paramFile/userTags",
    "/paramFile/viewInBrowser",
    "/remoteVizConfig",
    "/sharedWith",
    "/storage",
    "/userTags"
   ]
  },
  {
   "missingFrom": [
    "shareJob"
   ],
   "fields": [
    "/recipient",
    "/supportDesk"
   ]
  },
  {
   "missingFrom": [
    "addJobTag",
    "removeJobTag"
   ],
   "fields": [
    "/normalizedName"
   ]
  },
  {
   "missingFrom": [
    "createStorageDevice"
   ],
   "fields": [
    "/clusterId",
    "/dateInserted",
    "/id",
    "/owner",
    "/region/name",
    "/urls"
   ]
  },
  {
   "missingFrom": [
    "updateFile"
   ],
   "fields": [
    "/dateUploaded",
    "/decryptedSize",
    "/downloadUrl",
    "/encodedEncryptionKey",
    "/fileChecksums",
    "/id",
    "/isDeleted",
    "/isUploaded",
    "/md5",
    "/owner",
    "/path",
    "/pathParts",
    "/relativePath",
    "/sharedWith",
    "/storage",
    "/userTags",
    "/viewInBrowser"
   ]
  }
 ]
}
