-- Loaded before anything else in the Neovim under test: writes down what the server publishes.
_G.published = {}

local start_client = vim.lsp.start_client
vim.lsp.start_client = function(config)
  -- Asks for the version with each publication, so that a test knows which text is meant.
  config.capabilities = config.capabilities or vim.lsp.protocol.make_client_capabilities()
  config.capabilities.textDocument.publishDiagnostics.versionSupport = true
  local show = config.handlers['textDocument/publishDiagnostics']
  config.handlers['textDocument/publishDiagnostics'] = function(err, result, context, more)
    table.insert(_G.published, { uri = result.uri, version = result.version, count = #result.diagnostics })
    return show(err, result, context, more)
  end
  return start_client(config)
end
