-- Concord in Neovim 0.7.2 or newer.
-- Copy this file to ~/.config/nvim/plugin/concord.lua; `concord` must be on the PATH.
--
-- To change something, set these before (in init.lua), or edit this file:
--   vim.g.concord_command   how to start it, default { 'concord', 'lsp' }
--   vim.g.concord_settings  e.g. { language = 'vi', role = 'reviewer', scope = 'workspace', typingPause = 400 }

if vim.g.loaded_concord then
  return
end
vim.g.loaded_concord = true

-- Concord says nothing about files that are not its business, so it may look at all of these.
local filetypes = { json = true, jsonc = true, jsonl = true, csv = true, tsv = true, rttm = true, ctm = true, stm = true }

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

-- Who speaks when, and words with their times: no version knows types for these.
for _, ending in ipairs({ 'rttm', 'ctm', 'stm' }) do
  vim.api.nvim_create_autocmd({ 'BufNewFile', 'BufRead' }, {
    group = group,
    pattern = { '*.' .. ending },
    command = 'setfiletype ' .. ending,
  })
end

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
  map('gd', vim.lsp.buf.definition, 'The entry that an id names')
  map('grr', vim.lsp.buf.references, 'Every place of an id')
  map('grn', vim.lsp.buf.rename, 'Rename an id')
  map('gO', vim.lsp.buf.document_symbol, 'Outline')
  map('[d', vim.diagnostic.goto_prev, 'Finding before')
  map(']d', vim.diagnostic.goto_next, 'Next finding')
end

-- Completion on CTRL-X CTRL-O. The omnifunc of Neovim 0.7 drops what does not begin with the typed letters, and so every
-- product that is found by another name; and it does not remove what stands behind the cursor.
local function byte_column(line, character, encoding)
  if encoding == 'utf-8' then
    return math.min(character, #line)
  end
  local ok, column = pcall(vim.str_byteindex, line, character, encoding == 'utf-16')
  return ok and column or #line
end

local function complete(client, buffer)
  local params = vim.lsp.util.make_position_params(0, client.offset_encoding)
  client.request('textDocument/completion', params, function(failure, answer)
    if failure or not answer or vim.api.nvim_get_mode().mode:sub(1, 1) ~= 'i' then
      return
    end
    local line = vim.api.nvim_get_current_line()
    local row, cursor = unpack(vim.api.nvim_win_get_cursor(0))
    local function column(position)
      return byte_column(line, position.character, client.offset_encoding)
    end
    -- All that an item changes on this line up to the cursor is one word to Vim; the rest is done when it is taken.
    local start = cursor
    for _, item in ipairs(answer.items) do
      for _, edit in ipairs({ item.textEdit, unpack(item.additionalTextEdits or {}) }) do
        if edit.range.start.line == row - 1 then
          start = math.min(start, column(edit.range.start))
        end
      end
    end
    local matches = {}
    for _, item in ipairs(answer.items) do
      local word, at, elsewhere = '', start, {}
      local edits = {}
      for _, edit in ipairs({ item.textEdit, unpack(item.additionalTextEdits or {}) }) do
        table.insert(edit.range.start.line == row - 1 and edits or elsewhere, edit)
      end
      table.sort(edits, function(a, b)
        return a.range.start.character < b.range.start.character
      end)
      for _, edit in ipairs(edits) do
        word = word .. line:sub(at + 1, column(edit.range.start)) .. edit.newText
        at = column(edit.range['end'])
      end
      table.insert(matches, {
        word = word .. line:sub(at + 1, cursor),
        abbr = item.label,
        menu = item.detail or '',
        dup = 1,
        empty = 1,
        user_data = { concord = { behind = math.max(0, at - cursor), elsewhere = elsewhere } },
      })
    end
    vim.fn.complete(start + 1, matches)
  end, buffer)
end

function _G.concord_omnifunc(find_start)
  if find_start == 0 then
    return {}
  end
  for _, client in pairs(vim.lsp.buf_get_clients(0)) do
    if client.name == 'concord' then
      complete(client, vim.api.nvim_get_current_buf())
    end
  end
  -- The list comes by itself when it is there.
  return -2
end

vim.api.nvim_create_autocmd('CompleteDone', {
  group = group,
  callback = function()
    local data = vim.v.completed_item.user_data
    local rest = type(data) == 'table' and data.concord
    if not rest then
      return
    end
    local row, column = unpack(vim.api.nvim_win_get_cursor(0))
    if rest.behind > 0 then
      vim.api.nvim_buf_set_text(0, row - 1, column, row - 1, column + rest.behind, { '' })
    end
    if #rest.elsewhere > 0 then
      local client = vim.lsp.buf_get_clients(0)[1]
      vim.lsp.util.apply_text_edits(rest.elsewhere, 0, client and client.offset_encoding or 'utf-16')
    end
  end,
})

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
      vim.api.nvim_buf_set_option(buffer, 'omnifunc', 'v:lua.concord_omnifunc')
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
