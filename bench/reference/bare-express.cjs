// Express as it comes, not bundled, with one route that answers with one JSON value.
const { readFileSync } = require('node:fs')
const { createServer } = require('node:http')
const express = require('express')
const { ready } = require('./ready.cjs')

const value = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const app = express()
app.get('/', (_request, response) => {
  response.json(value)
})

ready(createServer(app))
