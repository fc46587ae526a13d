-- Concord in Neovim 0.7.2 or newer.
-- Copy this file to ~/.config/nvim/plugin/concord.lua; `concord` must be on the PATH.
--
-- To change something, set these before (in init.lua), or edit this file:
--   vim.g.concord_command   how to start it, default { 'concord', 'lsp' }
--   vim.g.concord_settings  e.g. { language = 'vi', role = 'reviewer', typingPause = 400 }

if vim.g.loaded_concord then
  return
end
vim.g.loaded_concord = true

-- Concord says nothing about files that are not its business, so it may look at all of these.
local filetypes = { json = true, jsonc = true, jsonl = true, csv = true, tsv = true }

local group = vim.api.nvim_create_augroup('concord', {})

vim.api.nvim_create_autocmd({ 'BufNewFile', 'BufRead' }, {
  group = group,
  pattern = { '*.jsonl', '*.ndjson' },
  command = 'setfiletype jsonl',
})

-- Lists of labels; older versions know no type for tables.
vim.api.nvim_create_autocmd({ 'BufNewFile', 'BufRead' }, {
  group = group,
  pattern = { '*.csv', '*.tsv' },
  command = 'setfiletype csv',
})

-- The folder that holds the dataset, else the repository; nil for a file on its own.
local function root_of(path)
  for _, marker in ipairs({ 'concord.json', '.git' }) do
    local folder = vim.fn.fnamemodify(path, ':h')
    while true do
      if vim.loop.fs_stat(folder .. '/' .. marker) then
        return folder
      end
      local parent = vim.fn.fnamemodify(folder, ':h')
      if parent == folder then
        break
      end
      folder = parent
    end
  end
  return nil
end

-- The usual keys of newer versions, where nothing else is on them.
local function map_keys(buffer)
  local function map(keys, action, description)
    if vim.fn.maparg(keys, 'n') == '' then
      vim.keymap.set('n', keys, action, { buffer = buffer, desc = description })
    end
  end
  map('K', vim.lsp.buf.hover, 'What this is')
  map('gra', vim.lsp.buf.code_action, 'Fixes here')
  map('[d', vim.diagnostic.goto_prev, 'Finding before')
  map(']d', vim.diagnostic.goto_next, 'Next finding')
end

local function configuration(root)
  local settings = vim.g.concord_settings or vim.empty_dict()
  return {
    name = 'concord',
    cmd = vim.g.concord_command or { 'concord', 'lsp' },
    root_dir = root,
    init_options = settings,
    -- Every keystroke is sent at once: Concord answers in milliseconds, and waits by itself while a value is being typed.
    flags = { debounce_text_changes = 0 },
    handlers = {
      ['textDocument/publishDiagnostics'] = vim.lsp.with(vim.lsp.diagnostic.on_publish_diagnostics, {
        -- Show what changed while typing, worst first.
        update_in_insert = true,
        severity_sort = true,
      }),
    },
    on_attach = function(_, buffer)
      map_keys(buffer)
    end,
  }
end

-- One server a dataset. Client ids by root; files without one share a server.
local clients = {}

local function attach(buffer)
  local name = vim.api.nvim_buf_get_name(buffer)
  local is_file = name ~= '' and vim.api.nvim_buf_get_option(buffer, 'buftype') == ''
  if not is_file or not filetypes[vim.api.nvim_buf_get_option(buffer, 'filetype')] then
    return
  end
  local root = root_of(vim.fn.fnamemodify(name, ':p'))
  local key = root or ''
  local client = clients[key] and vim.lsp.get_client_by_id(clients[key])
  if not client or client.is_stopped() then
    local config = configuration(root)
    if vim.fn.executable(config.cmd[1]) == 0 then
      vim.notify_once('Concord is not on the PATH: ' .. config.cmd[1], vim.log.levels.WARN)
      return
    end
    clients[key] = vim.lsp.start_client(config)
  end
  if clients[key] then
    vim.lsp.buf_attach_client(buffer, clients[key])
  end
end

vim.api.nvim_create_autocmd('FileType', {
  group = group,
  pattern = vim.tbl_keys(filetypes),
  callback = function(event)
    attach(event.buf)
  end,
})
