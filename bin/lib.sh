# Shared by the scripts in bin/. Source it: . "$(dirname "$0")/lib.sh"
# It changes to the top of the repository, so that every script can be called from anywhere.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '%s\n' "$*"; }

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

missing_packages=()

# need PACKAGE CHECK WHY — notes PACKAGE as missing unless CHECK (a command, or a path if it has a
# slash) is there.
need() {
  local package=$1 check=$2 why=$3
  if [[ $check == */* ]]; then
    if [[ -e $check ]]; then return 0; fi
  elif command -v "$check" >/dev/null 2>&1; then
    return 0
  fi
  missing_packages+=("$package")
  say "缺少 $package：$why"
}

# Installs what need() noted, if anything.
install_missing() {
  if ((${#missing_packages[@]} == 0)); then return 0; fi
  local as_root=()
  if ! command -v apt-get >/dev/null 2>&1; then
    fail "没有 apt-get，请用本系统的办法安装：${missing_packages[*]}"
  fi
  if ((EUID != 0)); then
    if ! command -v sudo >/dev/null 2>&1; then
      fail "不是 root，也没有 sudo。请让管理员运行：apt-get install ${missing_packages[*]}"
    fi
    as_root=(sudo)
  fi
  say "用 apt-get 安装：${missing_packages[*]}"
  # -qq keeps the update quiet; the list of what is installed is shown above.
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
    --no-install-recommends "${missing_packages[@]}" >/dev/null
  missing_packages=()
}

need_swift() {
  if command -v swift >/dev/null 2>&1; then return 0; fi
  fail "PATH 里没有 swift。请安装 Swift 6.3（https://www.swift.org/install/linux/），并把它的 usr/bin 加进 PATH。"
}

# What building needs.
need_to_build() {
  need_swift
  need pkg-config pkg-config "编译时用来找 C 库"
  need libsqlite3-dev /usr/include/sqlite3.h "内嵌数据库 SQLite 的头文件"
  need libzip-dev /usr/include/zip.h "读 Excel 工作簿：解压"
  need libexpat1-dev /usr/include/expat.h "读 Excel 工作簿：XML"
  need libssl-dev /usr/include/openssl/evp.h "口令、签名、加密：OpenSSL 的 libcrypto"
  need libcjose-dev /usr/include/cjose/cjose.h "统一身份认证：核对签名的 libcjose"
  need libxlsxwriter-dev /usr/include/xlsxwriter.h "写 Excel 工作簿"
}

# What the pages are served with.
need_to_serve() {
  need libjs-bootstrap5 /usr/share/javascript/bootstrap5/css/bootstrap-reboot.min.css "页面的基础样式"
  need libjs-chart.js /usr/share/javascript/chart.js/chart.min.js "页面上的图"
}

# What the browser tests need besides.
need_a_browser() {
  need_to_serve
  need python3 python3 "浏览器测试的脚本"
  need chromium chromium "浏览器测试用的浏览器"
  need chromium-driver chromedriver "让测试操纵浏览器"
  need fonts-noto-cjk /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc "浏览器测试里的中文字体"
}
