-- Loaded before anything else in the Neovim under test: writes down what the server publishes.
_G.published = {}

local start_client = vim.lsp.start_client
vim.lsp.start_client = function(config)
  local show = config.handlers['textDocument/publishDiagnostics']
  config.handlers['textDocument/publishDiagnostics'] = function(err, result, context, more)
    table.insert(_G.published, { uri = result.uri, version = result.version, count = #result.diagnostics })
    return show(err, result, context, more)
  end
  return start_client(config)
end
