<?php
// PHP's own web server asks this script what to do with each request: /w/*.php and /wiki/Title go to MediaWiki,
// everything else is a file below the document root.
$path = (string)parse_url( $_SERVER['REQUEST_URI'], PHP_URL_PATH );
if ( preg_match( '#^/w/(api|index|load|rest|thumb)\.php(/.*)?$#', $path, $parts ) ) {
	$entry = $parts[1];
} elseif ( $path === '/' || str_starts_with( $path, '/wiki/' ) ) {
	$entry = 'index';
} else {
	return false;
}
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = "/w/$entry.php";
define( 'MW_CONFIG_FILE', __DIR__ . '/settings.php' );
chdir( getenv( 'FARM_MEDIAWIKI' ) );
require getenv( 'FARM_MEDIAWIKI' ) . "/$entry.php";
